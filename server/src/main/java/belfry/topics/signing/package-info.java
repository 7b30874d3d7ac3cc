/** Signatures of messages: the key, its certificate, and what is signed (semantics: sns.md §5). */
@NullMarked
package belfry.topics.signing;

import org.jspecify.annotations.NullMarked;
