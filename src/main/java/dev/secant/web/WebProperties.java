package dev.secant.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the REST surface: {@code secant.web.*}.
 *
 * @param maxBody bytes of a request body at most
 * @param bodyTimeout how long a request body may take to arrive
 * @param maxUploads how many request bodies may be on their way; further requests get 503
 * @param maxPeople people of a request at most
 * @param maxFrames frames of a sequence at most
 * @param maxWait how long {@code Prefer: wait} may hold a request
 * @param maxWaiters how many requests may be held; others are answered at once
 * @param maxStreams how many event streams may be open
 * @param allowedHosts names in the Host header that a service on loopback without authentication accepts beside the loopback's own
 * @param cors what pages of other origins may do
 */
@ConfigurationProperties("secant.web")
public record WebProperties(
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("60s") Duration bodyTimeout,
        @DefaultValue("256") int maxUploads,
        @DefaultValue("1000") int maxPeople,
        @DefaultValue("10000") int maxFrames,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("100") int maxWaiters,
        @DefaultValue("200") int maxStreams,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue Cors cors) {

    /**
     * Cross-origin requests.
     *
     * @param allowedOrigins such as {@code https://example.com}, or {@code *}; none by default
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {}
}
