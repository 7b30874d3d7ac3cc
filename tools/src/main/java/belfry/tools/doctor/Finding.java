package belfry.tools.doctor;

/**
 * What a check has seen.
 *
 * @param link the link of the chain: {@code trail}, {@code alarm}
 * @param text a sentence for people
 * @param mend a command that mends it, or what to do in words; empty where there is nothing to do
 */
record Finding(Verdict verdict, String link, String text, String mend) {
    /** How it stands. */
    enum Verdict {
        /** As it should be. */
        OK("ok"),
        /** Worth knowing; no mail is lost by it alone. */
        NOTE("note"),
        /** No mail passes here. */
        BROKEN("BROKEN"),
        /** It could not be seen. */
        UNSEEN("unseen");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
