package belfry.vault;

import belfry.base.Arn;
import belfry.gateway.Call;

/** Where keys and secrets live: every row belongs to one account in one region. */
public record Place(String account, String region) {
    public Place {
        if (account.isEmpty() || region.isEmpty()) {
            throw new IllegalArgumentException("a place has an account and a region");
        }
    }

    static Place of(Call call) {
        return new Place(call.account(), call.region());
    }

    String arn(String service, String resource) {
        return Arn.of(service, region, account, resource).toString();
    }

    /** Whether the ARN names something of this account in this region. */
    boolean holds(Arn arn) {
        return arn.account().equals(account) && arn.region().equals(region);
    }
}
