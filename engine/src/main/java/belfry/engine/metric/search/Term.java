package belfry.engine.metric.search;

/** What a name must be or have in it. */
sealed interface Term {
    boolean finds(Name name);

    /** The very text, which stood in quotes. */
    record Exact(String text) implements Term {
        @Override
        public boolean finds(Name name) {
            return name.text().equals(text);
        }
    }

    /** These words. */
    record Partial(Words words) implements Term {
        @Override
        public boolean finds(Name name) {
            return words.find(name.words());
        }
    }
}
