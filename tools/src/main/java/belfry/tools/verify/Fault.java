package belfry.tools.verify;

/** Something that is not as CloudTrail delivered it. */
record Fault(Kind kind, Location where, String what) {
    enum Kind {
        LOG_CHANGED("log file changed"),
        LOG_SWAPPED("log file swapped"),
        LOG_MISSING("log file missing"),
        LOG_UNREADABLE("log file unreadable"),
        DIGEST_MISSING("digest missing"),
        DIGEST_CHANGED("digest changed or re-signed"),
        DIGEST_REPLACED("digest replaced"),
        DIGEST_MOVED("digest from another place"),
        DIGEST_UNSIGNED("digest without signature"),
        DIGEST_UNREADABLE("digest unreadable"),
        KEY_UNKNOWN("digest signed with an unknown key");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return "FAULT  " + kind.words + ": " + where + "  (" + what + ")";
    }
}
