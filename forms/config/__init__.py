"""Forms of the configuration pages, one file for each kind of thing."""
