package dev.secant.body.kinematics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Rotations as tensors, differentiable everywhere. A rotation matrix is stored row by row in the last two axes. */
public final class TensorRotations {

    /** Keeps square roots and quotients away from zero, where their derivatives are not finite. */
    private static final double TINY = 1e-12;

    private TensorRotations() {}

    /**
     * The exponential map (Rodrigues' formula).
     *
     * @param axisAngle radians, {@code [..., 3]}
     * @return rotation matrices, {@code [..., 3, 3]}
     */
    public static NDArray exp(NDArray axisAngle) {
        int last = axisAngle.getShape().dimension() - 1;
        NDArray squared = axisAngle.square().sum(new int[] {last}, true).add(TINY);
        NDArray angle = squared.sqrt();
        NDArray unit = axisAngle.div(angle);
        NDArray x = unit.get("..., 0:1");
        NDArray y = unit.get("..., 1:2");
        NDArray z = unit.get("..., 2:3");
        NDArray s = angle.sin();
        NDArray c = angle.cos();
        NDArray t = c.neg().add(1);
        NDArray tx = t.mul(x);
        NDArray ty = t.mul(y);
        NDArray txy = tx.mul(y);
        NDArray txz = tx.mul(z);
        NDArray tyz = ty.mul(z);
        NDArray sx = s.mul(x);
        NDArray sy = s.mul(y);
        NDArray sz = s.mul(z);
        NDArray rows = NDArrays.concat(
                new NDList(
                        tx.mul(x).add(c),
                        txy.sub(sz),
                        txz.add(sy),
                        txy.add(sz),
                        ty.mul(y).add(c),
                        tyz.sub(sx),
                        txz.sub(sy),
                        tyz.add(sx),
                        t.mul(z).mul(z).add(c)),
                last);
        return rows.reshape(axisAngle.getShape().slice(0, last).addAll(new ai.djl.ndarray.types.Shape(3, 3)));
    }

    /**
     * The continuous 6D representation (Zhou et al., "On the Continuity of Rotation Representations", 2019): the first two
     * columns, orthonormalised.
     *
     * @param sixD {@code [..., 6]}: first column, second column
     * @return rotation matrices, {@code [..., 3, 3]}
     */
    public static NDArray fromSixD(NDArray sixD) {
        int last = sixD.getShape().dimension() - 1;
        NDArray first = normalize(sixD.get("..., 0:3"), last);
        NDArray second = sixD.get("..., 3:6");
        NDArray along = first.mul(second).sum(new int[] {last}, true);
        second = normalize(second.sub(first.mul(along)), last);
        NDArray third = cross(first, second, last);
        return NDArrays.stack(new NDList(first, second, third), last + 1);
    }

    private static NDArray normalize(NDArray vectors, int axis) {
        return vectors.div(
                vectors.square().sum(new int[] {axis}, true).add(TINY).sqrt());
    }

    private static NDArray cross(NDArray a, NDArray b, int axis) {
        NDArray a0 = a.get("..., 0:1");
        NDArray a1 = a.get("..., 1:2");
        NDArray a2 = a.get("..., 2:3");
        NDArray b0 = b.get("..., 0:1");
        NDArray b1 = b.get("..., 1:2");
        NDArray b2 = b.get("..., 2:3");
        return NDArrays.concat(
                new NDList(
                        a1.mul(b2).sub(a2.mul(b1)),
                        a2.mul(b0).sub(a0.mul(b2)),
                        a0.mul(b1).sub(a1.mul(b0))),
                axis);
    }
}
