package belfry.delivery.web;

import belfry.topics.Errand;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** Calls http and https endpoints. 2xx is taken; 429, 5xx and silence are tried again; all else is final (sns.md §6). */
public final class WebCarrier implements Carrier {
    private static final Duration ASKED_MAX = Duration.ofHours(1);
    private static final int QUOTED_MAX = 300;

    private final WebPost web;
    private final AddressGuard guard;

    public WebCarrier(WebPost web, AddressGuard guard) {
        this.web = web;
        this.guard = guard;
    }

    @Override
    public Outcome carry(Errand errand) {
        Map<String, String> headers = new LinkedHashMap<>(errand.headers());
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        headers.put("Accept-Encoding", "gzip,deflate");
        return post(web, URI.create(errand.endpoint()), headers, errand.body(), guard, answer -> Optional.empty());
    }

    /** @param known what an answer means to those who know more of the endpoint than its status says */
    static Outcome post(
            WebPost web,
            URI uri,
            Map<String, String> headers,
            String body,
            AddressGuard guard,
            Function<WebPost.Answer, Optional<Outcome.Refused>> known) {
        try {
            WebPost.Answer answer = web.post(uri, headers, body, guard);
            Optional<Outcome.Refused> refused = known.apply(answer);
            return refused.isPresent() ? refused.get() : outcome(answer);
        } catch (WebPost.Forbidden e) {
            return new Outcome.Refused("Forbidden", String.valueOf(e.getMessage()));
        } catch (SSLException e) {
            return putOff("TLS", uri.getHost() + ": " + e.getMessage());
        } catch (IOException e) {
            return putOff("NoAnswer", uri.getHost() + ": " + said(e));
        }
    }

    private static Outcome outcome(WebPost.Answer answer) {
        int status = answer.status();
        String code = String.valueOf(status);
        if (status >= 200 && status < 300) {
            return new Outcome.Accepted(code, cut(answer.body()));
        }
        String reason = "HTTP status " + status + (answer.body().isBlank() ? "" : ": " + cut(answer.body()));
        if (status == 429 || status >= 500) {
            return new Outcome.PutOff(code, reason, asked(answer.headers().getOrDefault("retry-after", "")));
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Refused(code, "HTTP status " + status + ": redirects are not followed");
        }
        return new Outcome.Refused(code, reason);
    }

    /** {@code Retry-After} in seconds; dates are not used by any of the services that matter. */
    private static Duration asked(String retryAfter) {
        if (!retryAfter.matches("\\d{1,9}(\\.\\d+)?")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofMillis(Math.round(Double.parseDouble(retryAfter) * 1_000));
        return asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
    }

    private static Outcome putOff(String code, String reason) {
        return new Outcome.PutOff(code, cut(reason), Duration.ZERO);
    }

    private static String said(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return name.equals("IO") || name.isEmpty() ? String.valueOf(e.getMessage()) : name + ", " + e.getMessage();
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= QUOTED_MAX ? line : line.substring(0, QUOTED_MAX) + " …";
    }
}
