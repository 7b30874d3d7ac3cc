/** The last stage: empties the outbox by a mail server or into the built-in mailbox; retries and gives up. */
@NullMarked
package belfry.delivery;

import org.jspecify.annotations.NullMarked;
