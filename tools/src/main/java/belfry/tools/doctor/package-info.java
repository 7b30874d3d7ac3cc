/** {@code belfry doctor}: asks every link from the secret to the mailbox; reads only. */
@NullMarked
package belfry.tools.doctor;

import org.jspecify.annotations.NullMarked;
