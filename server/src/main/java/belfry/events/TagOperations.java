package belfry.events;

import belfry.api.events.ListTagsForResourceRequest;
import belfry.api.events.ListTagsForResourceResponse;
import belfry.api.events.TagResourceRequest;
import belfry.api.events.TagResourceResponse;
import belfry.api.events.UntagResourceRequest;
import belfry.api.events.UntagResourceResponse;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Tags of buses and rules, by ARN. */
final class TagOperations {
    private static final String RULE = "rule/";

    TagResourceResponse tag(TagResourceRequest in, Call call) {
        return call.write(tx -> {
            change(tx, in.resourceARN(), call, before -> Tags.with(before, in.tags()));
            return new TagResourceResponse();
        });
    }

    UntagResourceResponse untag(UntagResourceRequest in, Call call) {
        return call.write(tx -> {
            change(tx, in.resourceARN(), call, before -> {
                TreeMap<String, String> left = new TreeMap<>(before);
                in.tagKeys().forEach(left::remove);
                return left;
            });
            return new UntagResourceResponse();
        });
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest in, Call call) {
        Arn arn = arn(in.resourceARN(), call);
        return call.read(tx -> new ListTagsForResourceResponse()
                .tags(Tags.write(
                        arn.resource().startsWith(RULE)
                                ? rule(tx, arn).tags()
                                : bus(tx, arn).tags())));
    }

    private static void change(Tx tx, String text, Call call, UnaryOperator<SortedMap<String, String>> change) {
        Arn arn = arn(text, call);
        if (arn.resource().startsWith(RULE)) {
            BusRule rule = rule(tx, arn);
            rule.setTags(tx, change.apply(rule.tags()));
        } else {
            Bus bus = bus(tx, arn);
            bus.withTags(change.apply(bus.tags())).save(tx, call.now());
        }
    }

    private static Arn arn(String text, Call call) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("events") && arn.account().equals(call.account()))
                .orElseThrow(() ->
                        ServiceException.of("ResourceNotFoundException", "Resource " + text + " does not exist."));
    }

    private static Bus bus(Tx tx, Arn arn) {
        BusName name = BusName.ofArn(arn.toString())
                .orElseThrow(
                        () -> ServiceException.of("ResourceNotFoundException", "Resource " + arn + " does not exist."));
        return Bus.get(tx, name);
    }

    private static BusRule rule(Tx tx, Arn arn) {
        String path = arn.resource().substring(RULE.length());
        int slash = path.indexOf('/');
        String busName = slash < 0 ? Bus.DEFAULT : path.substring(0, slash);
        Bus bus = Bus.get(tx, new BusName(arn.account(), arn.region(), busName));
        return BusRule.get(tx, bus, path.substring(slash + 1));
    }
}
