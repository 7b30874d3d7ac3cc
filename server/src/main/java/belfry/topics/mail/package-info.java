/** What mails and pages say, as one small document, and its two renderings: plain text and HTML. */
@NullMarked
package belfry.topics.mail;

import org.jspecify.annotations.NullMarked;
