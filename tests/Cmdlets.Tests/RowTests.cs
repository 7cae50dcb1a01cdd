using System.Management.Automation;

namespace MnistNet.Cmdlets.Tests;

/// <summary>What a table cell and a JSON text hold of an object is all there is.</summary>
public sealed class RowTests : IDisposable
{
    private readonly ModuleShell _shell = new();

    public RowTests()
        => _shell.Run(
            "$data = Import-Mnist -Synthetic -Count 40 -Seed 1; $run = $data | Invoke-Training -Iterations 2");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_digits_pixels_are_one_text_of_784_numbers_and_come_back_from_it()
    {
        Digit digit = _shell.Run("$digit = $data | Get-Digit -Index 5; $digit").Single<Digit>();
        string text = _shell.Run("\"$($digit.psobject.Properties['Pixels'].Value.ToString())\"").Text[0];
        Assert.Equal(digit.Pixels, text.Split(' ').Select(byte.Parse));
        _shell["text"] = text;
        _shell.Run(
            "$row = [pscustomobject]@{ Index = '5'; Set = $digit.Set; Label = \"$($digit.Label)\"; Pixels = $text; "
            + "Rows = '28'; Columns = '28'; Source = '' }");
        Assert.Equal(
            _shell.Run("$digit | Get-Prediction $run").Single<Prediction>().Probabilities,
            _shell.Run("$row | Get-Prediction $run").Single<Prediction>().Probabilities);
    }

    [Theory]
    [InlineData("Pixels = '1 2 3'", "28×28 need 784")]
    [InlineData("Pixels = '1 2 300'; Rows = 1; Columns = 3", "0 to 255")]
    [InlineData("Pixels = '1 2 3'; Rows = 1; Columns = 3; Label = 12", "label is 12")]
    [InlineData("Pixels = '1 2 3'; Rows = -1; Columns = -3", "need 3")]
    public void A_digit_row_that_is_not_whole_says_what_is_wrong(string fields, string says)
        => Assert.Contains(
            says,
            _shell.Attempt($"[pscustomobject]@{{ {fields} }} | Get-Prediction $run").Error.ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void A_prediction_has_its_ten_probabilities_as_columns()
    {
        PSObject prediction = _shell.Run("$data | Get-Prediction $run -First 1").Output[0];
        double[] columns = [.. Enumerable.Range(0, 10).Select(k => (double)prediction.Properties[$"P{k}"].Value)];
        Assert.Equal(((Prediction)prediction.BaseObject).Probabilities, columns);
    }

    [Fact]
    public void Rows_of_a_matrix_are_objects_with_a_column_each_and_the_matrix_itself_stays_one()
    {
        Matrix matrix = _shell.Get<TrainingResult>("run").Network["W2"]!;
        Outcome rows = _shell.Run("$run.Network.W2.Rows");
        Assert.Equal(10, rows.Output.Count);
        Assert.Equal(matrix[3, 7], rows.Output[3].Properties["C7"].Value);
        Assert.Single(_shell.Run("$run.Network.W2").Output);
        Assert.Equal(matrix[3, 7], _shell.Run("$run.Network.W2.T[7, 3]").Single<double>());
    }

    [Fact]
    public void Rows_of_a_confusion_matrix_are_labelled_counts()
    {
        Outcome rows = _shell.Run("($data | Measure-Network $run).Confusion.Rows");
        Assert.Equal(Enumerable.Range(0, 10), rows.Output.Select(row => (int)row.Properties["Label"].Value));
        Assert.Equal(40, rows.Output.Sum(row => Enumerable.Range(0, 10).Sum(c => (int)row.Properties[$"C{c}"].Value)));
    }

    [Fact]
    public void No_cell_of_any_output_is_the_name_of_a_type()
    {
        string[] scripts =
        [
            "$run", "$run.Network", "$run.History[0]", "$data", "$data.Train", "$data | Get-Digit -First 1",
            "$data | Get-Prediction $run -First 1", "$data | Measure-Network $run",
                "($data | Measure-Network $run).Confusion",
            "$run.Network.W1", "$run.Network.Layers[0]", "$data.Train | Find-LearningRate -Steps 10 -BatchSize 10",
            "$data | Invoke-TrainingSweep -Alpha 0.1, 0.2 -Iterations 1 -Seed 1, 2 | Measure-Sweep",
        ];
        foreach (string script in scripts)
        {
            PSObject item = _shell.Run(script).Output[0];
            foreach (PSPropertyInfo property in item.Properties)
            {
                string cell = property.Value?.ToString() ?? "";
                Assert.False(
                    cell.StartsWith("System.", StringComparison.Ordinal) || cell.StartsWith(
                        "MnistNet.", StringComparison.Ordinal),
                    $"{script}: {property.Name} is '{cell}'.");
            }
        }
    }

    [Fact]
    public void A_network_that_was_JSON_is_taken_and_other_JSON_is_not()
    {
        _shell.Run("""
            $net = $run.Network
            $json = [pscustomobject]@{
                Activation = 0; Initializer = 'He'; Seed = 0
                Parameters = @($net.Parameters | ForEach-Object {
                    $matrix = $_
                    $rows = foreach ($r in 0..($matrix.RowCount - 1)) {
                        , @(foreach ($c in 0..($matrix.ColumnCount - 1)) { $matrix[$r, $c] })
                    }
                    [pscustomobject]@{ Name = $matrix.Name; Rows = @($rows) } })
            }
            """);
        Assert.Equal(
            _shell.Run("$data | Measure-Network $run").Single<Evaluation>().Loss,
            _shell.Run("$json | Measure-Network -Data $data").Single<Evaluation>().Loss);
        Assert.Contains(
            "-Depth",
            _shell.Attempt(
                "[pscustomobject]@{ Parameters = @('MnistNet.Matrix', 'MnistNet.Matrix') } | Measure-Network -Data "
                + "$data").Error.ToString(),
            StringComparison.Ordinal);
    }
}
