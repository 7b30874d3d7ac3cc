package belfry.topics;

/**
 * Why the content of an encrypted topic's message cannot be read.
 *
 * @param reason in KMS's words
 * @param forGood whether nothing will ever open it
 */
public record Locked(String reason, boolean forGood) {}
