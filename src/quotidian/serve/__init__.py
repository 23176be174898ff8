"""The reading room: an archive as web pages, as an API and under access control.

``app.py`` puts it together; ``pages/`` answers requests, ``shown/`` decides what a page shows and knows
no request; ``access/`` says who may do what, ``rest/`` is the API.
"""
