package dev.secant.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the REST surface: {@code secant.web.*}.
 *
 * @param maxBody bytes of a request body at most
 * @param maxPeople people of a request at most
 * @param maxFrames frames of a sequence at most
 * @param maxWait how long {@code Prefer: wait} may hold a request
 * @param maxWaiters how many requests may be held; others are answered at once
 * @param maxStreams how many event streams may be open
 */
@ConfigurationProperties("secant.web")
public record WebProperties(
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue("1000") int maxPeople,
        @DefaultValue("10000") int maxFrames,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("100") int maxWaiters,
        @DefaultValue("200") int maxStreams) {}
