namespace MnistNet.Tests;

public sealed class PortableMathTests
{
    [Fact]
    public void They_are_those_of_the_platform_but_for_the_last_digits()
    {
        for (double x = -Math.PI; x <= Math.PI; x += 0.001)
        {
            Assert.Equal(Math.Exp(x), PortableMath.Exp(x), 1e-12);
            Assert.Equal(Math.Sin(x), PortableMath.Sin(x), 1e-14);
            Assert.Equal(Math.Cos(x), PortableMath.Cos(x), 1e-14);
        }
    }
}
