package belfry.tools.doctor;

/**
 * Looks at one link of the chain. It takes what the links before it led to, says what it finds, and hands on what it leads
 * to itself. Even behind a broken link the rest is looked at, so that all faults are told at once.
 */
interface Check {
    /** The link's name, as findings show it. */
    String link();

    void look(Chain chain);
}
