namespace MnistNet.Cmdlets.Tests;

public sealed class GetAttributionTests : IDisposable
{
    private readonly ModuleShell _shell = new(width: 80);

    public GetAttributionTests() => _shell.Run("$data = Import-Mnist -Synthetic -Count 60; $net = New-Network -Seed 1");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_digit_gets_one_for_the_class_that_is_asked_about()
    {
        Attribution[] all = _shell.Run(
            "$data.Test | Get-Digit 3, 1 | Get-Attribution -Network $net -Label 6 -Versus 5").All<Attribution>();
        Assert.Equal([3, 1], all.Select(attribution => attribution.Index));
        Assert.All(all, attribution => Assert.Equal((6, 5), (attribution.Class, attribution.Versus)));
    }

    [Fact]
    public void It_is_drawn_over_the_digit_with_its_sum_and_a_legend()
    {
        string[] lines = _shell.Run("$data.Test | Get-Digit 3 | Get-Attribution -Network $net -Label 6 | Show-Digit")
            .Text;
        Assert.Equal(17, lines.Length);
        Assert.Contains("for 6: ", lines[14], StringComparison.Ordinal);
        Assert.StartsWith("ink ", lines[15], StringComparison.Ordinal);
        Assert.Equal("+*# speak for it, -=% against it", lines[16]);
    }

    [Theory]
    [InlineData("ReLU", true, "ink ")]
    [InlineData("Tanh", false, "ink about ")]
    public void Where_it_is_not_exact_the_object_and_the_picture_say_so(string activation, bool isExact, string begin)
    {
        _shell.Run(
            $"$why = $data.Test | Get-Digit 3 | Get-Attribution -Network (New-Network -Activation {activation})");
        Assert.Equal(isExact, _shell.Get<Attribution>("why").IsExact);
        Assert.StartsWith(begin, _shell.Run("$why | Show-Digit").Text[15], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$data.Test | Get-Digit 3 | Get-Attribution -Network $net -Label 6 -Versus 6", "InvalidSetting")]
    [InlineData("$data.Test | Get-Digit 3 | Get-Attribution -Network $other", "NetworkDataShapeMismatch")]
    public void What_makes_no_sense_is_said(string script, string id)
    {
        _shell["other"] = Network.Create([4], inputs: 100);
        Assert.Equal(id, _shell.Attempt(script).ErrorId);
    }
}
