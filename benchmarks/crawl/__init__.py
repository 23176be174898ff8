"""A crawl of invented news sites: WARCs of any number of pages, mutilated ones too, and what a run takes."""
