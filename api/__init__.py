"""The HTTP side: what is asked by plain requests, with the same write functions as the pages."""
