package io.rtms.webhook;

import io.rtms.http.TokenBucket;
import io.rtms.stream.App;
import io.rtms.stream.Apps;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers Zoom's question whether this is the right address, by signing a token that the request chooses. That is dangerous: a webhook's
 * signature is made with the same secret over a text that begins with {@code v0:}. Whoever could have such a text signed here, with a former
 * secret that leaked for example, could forge webhooks. So only what is a plain token is ever signed, only in requests that are signed
 * themselves, and only so many a minute. What is only sent back has a count of its own: the header that asks for it is not signed, so that
 * whoever recorded a webhook can ask again and again, and must not use up what real validations need. Safe for any thread.
 */
@Singleton
class UrlChallenges {
    /** What Zoom's tokens are made of, whichever alphabet of base 64; no colon, so never what a signature is made of. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WebhookSignature signature;
    private final Map<String, TokenBucket> answers;
    private final Map<String, TokenBucket> echoes;

    UrlChallenges(WebhookConfig config, Apps apps, WebhookSignature signature) {
        int rate = config.challengeRate();
        if (rate < 1) {
            throw new IllegalArgumentException("rtms.webhook.challenge-rate must be at least 1 a minute");
        }
        this.signature = signature;
        this.answers = buckets(apps, rate);
        this.echoes = buckets(apps, rate);
    }

    private static Map<String, TokenBucket> buckets(Apps apps, int rate) {
        return apps.names().stream()
                .collect(Collectors.toUnmodifiableMap(
                        name -> name, name -> new TokenBucket(rate, MINUTE.dividedBy(rate))));
    }

    /** Answers the event {@code endpoint.url_validation}. */
    Outcome answer(App app, String plainToken) {
        if (!isPlain(plainToken)) {
            return notPlain("payload.plainToken");
        }
        return limited(
                answers.get(app.name()),
                () -> Map.of("plainToken", plainToken, "encryptedToken", signature.encryptedToken(app, plainToken)));
    }

    /** Answers the header {@code x-zm-webhook-validator} of older validations, which want it back as it is. */
    Outcome echo(App app, String validator) {
        return isPlain(validator)
                ? limited(echoes.get(app.name()), () -> Map.of("plainToken", validator))
                : notPlain("x-zm-webhook-validator");
    }

    private static boolean isPlain(String token) {
        return PLAIN.matcher(token).matches();
    }

    private static Outcome notPlain(String name) {
        return Outcome.refused(
                Outcome.Result.INVALID,
                Response.Status.BAD_REQUEST,
                name + " is no token: 1 to 256 letters, digits and ._~+/=- are");
    }

    private static Outcome limited(TokenBucket bucket, Supplier<Map<String, String>> answer) {
        Duration wait = bucket.take();
        return wait.isZero() ? Outcome.challenge(answer.get()) : Outcome.tooMany(wait);
    }
}
