"""The demo neighbourhood's rows, one file a subject; all of it is invented."""
