/** What rate of calls is unusual, judged by its past: docs/decisions/0420-insights.md. */
@NullMarked
package belfry.engine.insight;

import org.jspecify.annotations.NullMarked;
