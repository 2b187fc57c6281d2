"""Events to daily rows, each definition written once for polars and for Spark. Narwhals stops here."""
