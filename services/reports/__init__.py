"""Reports to boards, kept with their comments, and reports by mail."""
