/**
 * The device pool: which devices this process computes on, the lanes that run batches on them, and the pool of processor threads for
 * work on plain arrays.
 *
 * <p>{@link dev.secant.jobs.devices.DevicePool} knows the devices and their health. A {@link dev.secant.jobs.devices.Batcher} gathers
 * the items of a kind of work and has one {@link dev.secant.jobs.devices.DeviceLane}, a thread with weights of its own, on each
 * device, so that kinds never block each other. {@link dev.secant.jobs.devices.ArrayPool} runs what needs no device, short work first.
 * Kinds are known here by {@link dev.secant.jobs.devices.BatchWork} only.
 */
@NullMarked
package dev.secant.jobs.devices;

import org.jspecify.annotations.NullMarked;
