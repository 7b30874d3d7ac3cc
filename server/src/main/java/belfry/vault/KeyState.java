package belfry.vault;

import java.util.Arrays;

/** A key's state, as DescribeKey names it (semantics: secretsmanager-kms.md B2). */
enum KeyState {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    PENDING_DELETION("PendingDeletion");

    private final String word;

    KeyState(String word) {
        this.word = word;
    }

    /** AWS's word for it. */
    String word() {
        return word;
    }

    static KeyState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key state is called " + word));
    }
}
