"""From bytes to `ImportedArticle`: one small module per format behind one `Importer` protocol."""
