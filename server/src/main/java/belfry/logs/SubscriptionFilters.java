package belfry.logs;

import belfry.api.logs.DeleteSubscriptionFilterRequest;
import belfry.api.logs.DescribeSubscriptionFiltersRequest;
import belfry.api.logs.DescribeSubscriptionFiltersResponse;
import belfry.api.logs.PutSubscriptionFilterRequest;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Set;

/**
 * A subscription filter needs a Lambda function, a Kinesis or Firehose stream. None of these exists here, so no filter is
 * taken, at once and with its reason; that there are none is answered as AWS answers it.
 */
final class SubscriptionFilters {
    private static final Set<String> DESTINATIONS_OF_AWS = Set.of("lambda", "kinesis", "firehose", "logs");

    NoOutput put(PutSubscriptionFilterRequest in, Call call) {
        FilterRules.parse(in.filterPattern());
        String service = Arn.parse(in.destinationArn())
                .map(Arn::service)
                .orElseThrow(() -> LogErrors.invalid("Invalid destinationArn: " + in.destinationArn()));
        requireGroup(in.logGroupName(), call);
        if (!DESTINATIONS_OF_AWS.contains(service)) {
            throw LogErrors.invalid(
                    "PutSubscriptionFilter operation cannot work with destinationArn for vendor " + service);
        }
        throw LogErrors.unsupported("subscription filters to the service '" + service
                + "', for it has neither functions nor streams. A metric filter, or an EventBridge rule with a queue as"
                + " its target, hands events on");
    }

    DescribeSubscriptionFiltersResponse describe(DescribeSubscriptionFiltersRequest in, Call call) {
        requireGroup(in.logGroupName(), call);
        return new DescribeSubscriptionFiltersResponse().subscriptionFilters(List.of());
    }

    NoOutput delete(DeleteSubscriptionFilterRequest in, Call call) {
        requireGroup(in.logGroupName(), call);
        throw ServiceException.of("ResourceNotFoundException", "The specified subscription filter does not exist.");
    }

    private static void requireGroup(String name, Call call) {
        call.read(tx -> LogGroupTable.require(tx, call, name));
    }
}
