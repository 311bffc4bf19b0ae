"""Files of what people may read: reports and lists as CSV and XLSX."""
