package belfry.logs;

import belfry.engine.pattern.PatternSet;
import belfry.logs.blocks.Block;
import java.util.BitSet;
import java.util.List;

/** The filters of one group, compiled together so that each event is scanned once. Immutable. */
final class FilterSet {
    private final List<CompiledFilter> filters;
    private final PatternSet patterns;

    FilterSet(List<FilterDefinition> definitions) {
        this.filters = definitions.stream().map(CompiledFilter::new).toList();
        this.patterns =
                PatternSet.of(filters.stream().map(CompiledFilter::pattern).toList());
    }

    /** What each filter finds in the block, in the filters' order. */
    List<BlockEvaluation> evaluate(LogGroupRow group, Block block) {
        List<BlockEvaluation> all = filters.stream()
                .map(filter -> new BlockEvaluation(group, filter))
                .toList();
        block.visit((stream, position, utf8, from, to) -> {
            BitSet matching = patterns.matching(utf8, from, to);
            for (int i = 0; i < all.size(); i++) {
                all.get(i).look(matching.get(i), stream, position, utf8, from, to);
            }
        });
        return all;
    }
}
