namespace MnistNet.Tests;

public sealed class NetworkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-784)]
    [InlineData(262_144)]
    public void Inputs_that_no_layer_can_have_are_refused(int inputs)
        => Assert.Equal(
            "Inputs", Assert.Throws<SettingException>(() => Network.Create([16384], inputs: inputs)).Setting);
}
