using System.Globalization;

namespace MnistNet.Cmdlets.Tests;

/// <summary>How networks, digits and rows reach a cmdlet: by pipeline, by property name, by position.</summary>
public sealed class BindingTests : IDisposable
{
    /// <summary>
    /// Every parameter that takes something by pipeline or by position, and every -Network and -Data.
    /// </summary>
    private const string Expected = """
        cmdlet                     parameter    set          by value  by name  position
        Convert-Digit              Data                      yes
        ConvertTo-Matrix           Data                      yes
        Export-Digit               Data                      yes
        Export-Digit               Path                                         0
        Export-Network             Network                   yes
        Export-Network             Path                                         0
        Export-TrainingReport      Data
        Export-TrainingReport      InputObject               yes
        Export-TrainingReport      Network                                      0
        Export-TrainingReport      Path                                         1
        Find-LearningRate          Data                      yes
        Find-LearningRate          Network                   yes                0
        Get-Attribution            Data                      yes
        Get-Attribution            Network                   yes                0
        Get-Digit                  Data                      yes
        Get-Digit                  Index        Index                  yes      0
        Get-Digit                  Set          Index                  yes
        Get-Prediction             Data                      yes
        Get-Prediction             Network                   yes                0
        Get-Recipe                 Recipe                    yes                0
        Import-Digit               LiteralPath  LiteralPath            yes
        Import-Digit               Path         Path         yes       yes      0
        Import-Mnist               LiteralPath  LiteralPath            yes
        Import-Mnist               Path         Path                            0
        Import-Network             InputObject  InputObject  yes
        Import-Network             LiteralPath  LiteralPath            yes
        Import-Network             Path         Path         yes       yes      0
        Invoke-Backpropagation     ForwardPass               yes                0
        Invoke-ForwardPropagation  Data                      yes
        Invoke-ForwardPropagation  Network                   yes                0
        Invoke-Training            Data                      yes
        Invoke-Training            InputObject               yes
        Invoke-Training            Network                   yes                0
        Invoke-TrainingSweep       Data                      yes
        Measure-Network            Data                      yes
        Measure-Network            Network                   yes                0
        Measure-Sweep              InputObject               yes
        Measure-Sweep              Metric                                       0
        New-Network                Hidden                                       0
        New-Network                InputObject               yes
        Show-Digit                 Data
        Show-Digit                 InputObject               yes                0
        Show-Digit                 Network                                      1
        Show-Network               Network                   yes                0
        Show-TrainingHistory       InputObject               yes                0
        Test-Gradient              Data                      yes
        Test-Gradient              Network                   yes                0
        Trace-Prediction           Data                      yes
        Trace-Prediction           Network                   yes                0
        Update-Network             Alpha                                        1
        Update-Network             Gradient                                     0
        Update-Network             Network                   yes                2
        """;

    private const string Table = """
        foreach ($command in Get-Command -Module MnistNet) {
            foreach ($parameter in $command.Parameters.Values) {
                foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                    $v = $set.Value
                    $position = if ($v.Position -ge 0) { "$($v.Position)" } else { '' }
                    if ($parameter.Name -in 'Network', 'Data' -or $position -or $v.ValueFromPipeline -or
                        $v.ValueFromPipelineByPropertyName) {
                        '{0}|{1}|{2}|{3}|{4}|{5}' -f $command.Name, $parameter.Name,
                            ($set.Key -replace '^__AllParameterSets$'), ($v.ValueFromPipeline ? 'yes' : ''),
                            ($v.ValueFromPipelineByPropertyName ? 'yes' : ''), $position
                    }
                }
            }
        }
        """;

    private readonly ModuleShell _shell = new();

    public BindingTests()
        => _shell.Run("$data = Import-Mnist -Synthetic -Count 20 -Seed 1; $net = New-Network -Seed 1");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_parameters_bind_as_the_table_says()
    {
        IEnumerable<string> lines = _shell.Text(Table)
            .Select(line => line.Split('|'))
            .OrderBy(cells => cells[0], StringComparer.Ordinal)
            .ThenBy(cells => cells[1], StringComparer.Ordinal)
            .Prepend(["cmdlet", "parameter", "set", "by value", "by name", "position"])
            .Select(c => string.Format(
                CultureInfo.InvariantCulture, "{0,-26} {1,-12} {2,-12} {3,-9} {4,-8} {5}", [.. c]).TrimEnd());
        Assert.Equal(Expected, string.Join('\n', lines));
    }

    [Theory]
    [InlineData("Update-Network $gradient 0.1 $net")]
    [InlineData("$net | Update-Network $gradient 0.1")]
    [InlineData("Update-Network -Gradient $gradient -Network $net -Alpha 0.1")]
    public void An_update_takes_its_network_in_any_of_the_ways(string script)
    {
        _shell.Run("$gradient = $data | Invoke-ForwardPropagation $net | Invoke-Backpropagation");
        Assert.NotEqual(_shell.Get<Network>("net"), _shell.Run(script).Single<Network>());
    }

    [Theory]
    [InlineData("Get-Attribution", "Attribution")]
    [InlineData("Trace-Prediction -First 1", "TraceStep")]
    [InlineData("Test-Gradient -Entries 1", "GradientCheck")]
    [InlineData("Invoke-ForwardPropagation", "ForwardPass")]
    [InlineData("Find-LearningRate -Steps 10 -BatchSize 10 -WarningAction Ignore", "LearningRateSuggestion")]
    [InlineData("Invoke-Training -Iterations 1", "TrainingResult")]
    [InlineData("Get-Prediction -First 1", "Prediction")]
    [InlineData("Measure-Network", "Evaluation")]
    public void A_cmdlet_of_both_takes_either_down_the_pipeline(string command, string type)
    {
        foreach (string script in new[] { $"$net | {command} -Data $data", $"$data | {command} -Network $net" })
        {
            Assert.All(
                _shell.Run(script).Output,
                item => Assert.Equal($"MnistNet.{type}", item.BaseObject.GetType().FullName));
        }
    }

    [Fact]
    public void A_network_that_was_JSON_comes_back_by_pipeline_and_by_name()
    {
        string json = System.Text.Json.JsonSerializer.Serialize(new
        {
            Layers = Array.Empty<int>(),
            Activation = 0,
            Seed = 1,
            Initializer = "He",
            Parameters = _shell.Get<Network>("net").Parameters.Select(p => new { p.Name, p.Rows }),
        });
        _shell["json"] = json;
        Assert.Equal(_shell.Get<Network>("net"), _shell.Run("$json | Import-Network").Single<Network>());
        Assert.Equal(_shell.Get<Network>("net"), _shell.Run("Import-Network -InputObject $json").Single<Network>());
    }

    [Theory]
    [InlineData("'{ \"a\": 1 }' | Import-Network", "not of a network")]
    [InlineData("'{ \"a\": 1' | Import-Network", "not JSON")]
    [InlineData("'{ \"Layers\": [], \"Parameters\": [ \"W1 10×784\" ] }' | Import-Network", "-Depth")]
    [InlineData("'{ \"Layers\": [], \"Parameters\": [ { \"Rows\": [ [ \"x\" ] ] } ] }' | Import-Network", "")]
    public void JSON_of_something_else_says_so(string script, string says)
        => Assert.Contains(says, _shell.Attempt(script).Error.ToString(), StringComparison.Ordinal);
}
