package belfry.access.authorize;

import belfry.gateway.Call;
import belfry.gateway.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The condition keys of a call (semantics: eventbridge-iam.md §6.3): who asks, whence, when, and with which request. */
final class RequestContext {
    private static final List<String> TAGS = List.of("Tags", "tags", "TagsList");
    private static final List<String> TAG_KEYS = List.of("TagKeys", "tagKeys");

    private final Map<String, List<String>> keys = new HashMap<>();

    private RequestContext() {}

    static Map<String, List<String>> of(Call call, CallerPolicies caller) {
        RequestContext context = new RequestContext();
        context.circumstances(call);
        context.principal(call.principal(), caller);
        return context.keys;
    }

    /** What the request itself says. */
    static Map<String, List<String>> ofRequest(ActionTable table, Members members) {
        RequestContext context = new RequestContext();
        table.keys().forEach((key, member) -> context.member(key, member, members));
        context.tags(members);
        return context.keys;
    }

    private void circumstances(Call call) {
        put("aws:sourceip", call.sourceIp());
        put("aws:securetransport", String.valueOf(call.endpoint().startsWith("https:")));
        put("aws:useragent", call.userAgent());
        put("aws:currenttime", call.now().toString());
        put("aws:epochtime", String.valueOf(call.now().getEpochSecond()));
        put("aws:requestedregion", call.region());
        put("aws:resourceaccount", call.account());
        put("aws:viaawsservice", "false");
        put("kms:calleraccount", call.account());
    }

    private void principal(Principal principal, CallerPolicies caller) {
        put("aws:principalaccount", principal.account());
        caller.tags().forEach((tag, value) -> put("aws:PrincipalTag/" + tag, value));
        switch (principal) {
            case Principal.Root root -> {
                put("aws:principaltype", "Account");
                put("aws:principalarn", root.arn());
                put("aws:userid", root.account());
            }
            case Principal.IamUser user -> {
                put("aws:principaltype", "User");
                put("aws:principalarn", user.arn());
                put("aws:userid", user.userId());
                put("aws:username", user.userName());
                if (user.sessionStart() != null) {
                    session(user.sessionStart());
                }
            }
            case Principal.AssumedRole role -> {
                put("aws:principaltype", "AssumedRole");
                put("aws:principalarn", role.roleArn());
                put("aws:userid", role.roleId() + ":" + role.sessionName());
                session(role.sessionStart());
            }
            case Principal.Anonymous nobody -> put("aws:principaltype", "Anonymous");
        }
    }

    /** What only temporary credentials have. */
    private void session(Instant start) {
        put("aws:tokenissuetime", start.toString());
        put("aws:multifactorauthpresent", "false");
    }

    private void member(String key, String member, Members members) {
        Map<String, String> entries = members.entries(member);
        if (key.endsWith(":")) {
            entries.forEach((name, value) -> put(key + name, value));
        } else if (!entries.isEmpty()) {
            keys.put(key, List.copyOf(entries.keySet()));
        } else if (!members.texts(member).isEmpty()) {
            keys.put(key, members.texts(member));
        }
    }

    private void tags(Members members) {
        List<String> names = new ArrayList<>();
        for (String path : TAGS) {
            members.entries(path).forEach((name, value) -> tag(name, value, names));
            for (Members tag : members.items(path)) {
                String name = tag.text("Key").or(() -> tag.text("TagKey")).orElse("");
                tag(name, tag.text("Value").or(() -> tag.text("TagValue")).orElse(""), names);
            }
        }
        TAG_KEYS.forEach(path -> names.addAll(members.texts(path)));
        if (!names.isEmpty()) {
            keys.put("aws:tagkeys", names);
        }
    }

    private void tag(String name, String value, List<String> names) {
        names.add(name);
        put("aws:RequestTag/" + name, value);
    }

    private void put(String key, String value) {
        keys.put(key.toLowerCase(Locale.ROOT), List.of(value));
    }
}
