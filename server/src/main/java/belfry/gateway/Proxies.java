package belfry.gateway;

import belfry.base.AddressRange;
import belfry.gateway.HttpServer.Peer;
import belfry.wire.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The proxies before this server whose word is taken for where a request came from. Anybody can write
 * {@code X-Forwarded-For}; so it is read from its end, and only as far as trusted proxies have written it.
 */
public final class Proxies {
    /** Nobody's word is taken: a request comes from where its connection does. */
    public static final Proxies NONE = new Proxies(List.of());

    private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):\\d+");
    private static final Pattern V6_IN_BRACKETS = Pattern.compile("\\[([0-9a-fA-F:.]+)](:\\d+)?");
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<AddressRange> trusted;

    private Proxies(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Reads ranges of addresses with commas between.
     *
     * @throws IllegalArgumentException where they are none
     */
    public static Proxies parse(String text) {
        return new Proxies(AddressRange.list(text));
    }

    /** Where a request came from, whose connection came from {@code direct}. */
    Peer origin(Peer direct, Headers headers) {
        if (!trusts(direct.address())) {
            return direct;
        }
        String address = direct.address();
        for (String before : forwarded(headers).reversed()) {
            if (!trusts(address) || !ADDRESS.matcher(before).matches()) {
                break;
            }
            address = before;
        }
        boolean secure = headers.firstOr("X-Forwarded-Proto", direct.secure() ? "https" : "http")
                .equalsIgnoreCase("https");
        return new Peer(address, secure, word(headers, "X-Amzn-Tls-Version"), word(headers, "X-Amzn-Tls-Cipher-Suite"));
    }

    /** The addresses that the proxies have written, the client's first. */
    private static List<String> forwarded(Headers headers) {
        List<String> addresses = new ArrayList<>();
        for (String line : headers.all("X-Forwarded-For")) {
            for (String entry : line.split(",", -1)) {
                String text = entry.strip();
                addresses.add(V6_IN_BRACKETS
                        .matcher(V4_WITH_PORT.matcher(text).replaceFirst("$1"))
                        .replaceFirst("$1"));
            }
        }
        return addresses;
    }

    private static @org.jspecify.annotations.Nullable String word(Headers headers, String name) {
        String value = headers.firstOr(name, "");
        return value.matches("[A-Za-z0-9_.-]{1,64}") ? value : null;
    }

    private boolean trusts(String address) {
        if (trusted.isEmpty() || !ADDRESS.matcher(address).matches()) {
            return false;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return trusted.stream().anyMatch(range -> range.holds(bytes));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
