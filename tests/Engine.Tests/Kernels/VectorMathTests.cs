using System.Runtime.Intrinsics;
using MnistNet.Kernels;

namespace MnistNet.Tests;

public sealed class VectorMathTests
{
    [Fact]
    public void The_exponential_is_within_two_units_in_the_last_place()
    {
        for (float x = -86.9f; x < 87; x += 0.0137f)
        {
            double exact = Math.Exp(x);
            Assert.InRange(VectorMath.Exp(Vector512.Create(x)).GetElement(3) / exact, 1 - 2.4e-7, 1 + 2.4e-7);
        }

        Assert.Equal(1, VectorMath.Exp(Vector512<float>.Zero).ToScalar());
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(-1000f)).ToScalar());
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(float.NegativeInfinity)).ToScalar());
    }

    [Fact]
    public void The_logarithm_is_within_two_units_in_the_last_place()
    {
        for (float x = 0.01f; x < 1e6; x *= 1.0137f)
        {
            double exact = Math.Log(x);
            Assert.InRange(
                VectorMath.Log(Vector512.Create(x)).GetElement(7) - exact,
                -2.4e-7 * Math.Max(1, Math.Abs(exact)),
                2.4e-7 * Math.Max(1, Math.Abs(exact)));
        }

        Assert.Equal(0, VectorMath.Log(Vector512<float>.One).ToScalar());
        Assert.True(float.IsNaN(VectorMath.Log(Vector512.Create(float.NaN)).ToScalar()));
        Assert.False(float.IsFinite(VectorMath.Log(Vector512.Create(float.PositiveInfinity)).ToScalar()));
    }

    [Fact]
    public void The_sum_looks_at_every_lane()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            Vector512<float> v = Vector512.Create(-1f).WithElement(lane, 5f);
            Assert.Equal(-10, VectorMath.Sum(v));
        }
    }
}
