/** The whole story, live: a real server, real AWS SDK clients, a real mail in its mailbox. */
@NullMarked
package belfry.tools.demo;

import org.jspecify.annotations.NullMarked;
