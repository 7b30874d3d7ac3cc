package belfry.events;

/**
 * Why a target could not be reached.
 *
 * @param reason in words
 */
public record Failure(Code code, String reason) {
    /** AWS's error codes (semantics: eventbridge-iam.md §5), and whether trying again may help. */
    public enum Code {
        NO_PERMISSIONS(false),
        NO_RESOURCE(false),
        SDK_CLIENT_ERROR(false),
        INTERNAL_ERROR(true);

        private final boolean passing;

        Code(boolean passing) {
            this.passing = passing;
        }

        boolean passing() {
            return passing;
        }
    }
}
