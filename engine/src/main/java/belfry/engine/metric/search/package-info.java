/**
 * Search expressions: which metrics a {@code SEARCH('…', …)} of metric math finds (docs/decisions/0706-search.md). Pure and
 * free of clocks.
 */
@NullMarked
package belfry.engine.metric.search;

import org.jspecify.annotations.NullMarked;
