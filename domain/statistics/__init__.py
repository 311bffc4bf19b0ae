"""Statistics without a database: periods, questions, tables, measures, small numbers."""
