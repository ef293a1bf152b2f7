"""The judge of documents in numbered sections: reviews, overview reports, summaries."""
