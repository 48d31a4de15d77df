"""From text to mentions to entities: pure, and blind to the library."""
