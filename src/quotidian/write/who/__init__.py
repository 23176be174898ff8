"""Who is who in an article, written down: one module a format, each with the same ``write``.

What is written is made by :func:`quotidian.write.people.people`, a pure function of the article.
"""
