package dev.secant.tensor;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The setting {@code secant.devices} and the names of devices. */
public final class DeviceNames {

    private DeviceNames() {}

    /** The name of a device: {@code cpu}, {@code gpu0}, {@code gpu1}, ... */
    public static String of(Device device) {
        return device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
    }

    /**
     * The devices that a setting names; loads the engine.
     *
     * @param setting as for {@link #among}
     */
    public static List<Device> visible(String setting) {
        return among(TensorRuntime.get().devices(), setting);
    }

    /**
     * The devices that a setting names, in its order.
     *
     * @param visible what the machine has, accelerators first and the CPU last
     * @param setting {@code auto} (all accelerators, or the CPU where there are none), or names with commas between: {@code cpu},
     *     {@code gpu} (the first), {@code gpu0}, {@code gpu1}, ...
     * @throws IllegalArgumentException if a name is none of the machine's devices, or is there twice
     */
    static List<Device> among(List<Device> visible, String setting) {
        String[] names = Arrays.stream(setting.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        if (names.length == 1 && names[0].equals("auto")) {
            List<Device> accelerators = visible.stream().filter(Device::isGpu).toList();
            return accelerators.isEmpty() ? visible.subList(visible.size() - 1, visible.size()) : accelerators;
        }
        List<Device> devices =
                Arrays.stream(names).map(name -> among(visible, setting, name)).toList();
        if (devices.stream().distinct().count() < devices.size()) {
            throw new IllegalArgumentException(
                    "The devices (%s) of secant.devices must name each device once.".formatted(setting));
        }
        return devices;
    }

    private static Device among(List<Device> visible, String setting, String name) {
        String wanted = name.equals("gpu") ? "gpu0" : name;
        return visible.stream()
                .filter(device -> of(device).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The device (%s) of secant.devices (%s) is not among this machine's devices %s.%nMaybe use auto: all GPUs, or the CPU where there are none."
                                .formatted(
                                        name,
                                        setting,
                                        visible.stream().map(DeviceNames::of).toList())));
    }
}
