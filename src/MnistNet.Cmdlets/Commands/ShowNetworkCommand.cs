using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Draws the weights of a network: what its units look for.</summary>
[Cmdlet(VerbsCommon.Show, "Network", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(string))]
public sealed class ShowNetworkCommand : PictureCommand
{
    /// <summary>More units than these are drawn only when they are asked for.</summary>
    private const int MostUnits = 256;

    /// <summary>
    /// The network: one from New-Network or Import-Network, a result of Invoke-Training, or the path of a network's
    /// file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>The layers to draw, counted from 1.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(1)]
    public int[] Layer { get; set; } = [1];

    /// <summary>The units of the first layer to draw, counted from 0; the first 256 without this parameter.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(0)]
    public int[]? Unit { get; set; }

    /// <summary>How large the pictures are.</summary>
    [Parameter]
    public PictureSize Size { get; set; } = PictureSize.Small;

    /// <summary>The most pictures beside each other; as many as fit without this parameter.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int? Columns { get; set; }

    private protected override void Process()
    {
        Target = Network;
        foreach (int number in Layer)
        {
            if (number > Network.Layers.Count)
            {
                throw new SettingException(
                    nameof(Layer),
                    Invariant($"Layer {number} was asked for; {Network} has ")
                        + $"{Quantity.Count(Network.Layers.Count, "layer")}.");
            }
        }

        bool isFirst = true;
        foreach (int number in Layer)
        {
            if (!isFirst)
            {
                WriteObject("");
            }

            isFirst = false;
            Layer layer = Network.Layers[number - 1];
            if (number > 1 || NetworkPictures.SideOf(layer.Weights) is null)
            {
                ShowHeatMap(layer);
            }
            else
            {
                ShowUnits(layer);
            }
        }
    }

    private void ShowUnits(Layer layer)
    {
        int[] units = Unit ?? [.. Enumerable.Range(0, Math.Min(layer.Outputs, MostUnits))];
        if (units.FirstOrDefault(unit => unit >= layer.Outputs, -1) is int missing and >= 0)
        {
            throw new SettingException(
                nameof(Unit),
                Invariant($"Unit {missing} was asked for; the first layer of {Network} has the units 0 to ")
                    + Invariant($"{layer.Outputs - 1}."));
        }

        (IReadOnlyList<Picture> pictures, double limit) = NetworkPictures.UnitsOf(Network, units, Size, Screen);
        WriteLines(Screen.Wrap(NetworkPictures.Legend(layer.Weights, limit, Screen)));
        var sheet = new TextSheet(Screen, Columns);
        foreach (Picture picture in pictures)
        {
            CancellationToken.ThrowIfCancellationRequested();
            WriteLines(sheet.Add(PictureText.Draw(picture, Screen)));
        }

        WriteLines(sheet.Flush());
        if (Unit is null && units.Length < layer.Outputs)
        {
            WriteLines(Screen.Wrap(
                Invariant($"The first {units.Length} of {layer.Outputs:N0} units; -Unit picks others.")));
        }
    }

    private void ShowHeatMap(Layer layer)
    {
        Matrix w = layer.Weights;
        WriteLines(Screen.Wrap(NetworkPictures.Legend(w, Math.Max(w.Max(), -w.Min()), Screen)));
        WriteBlock(PictureText.Draw(
            PictureFit.HeatMap(w, [.. Enumerable.Range(0, w.RowCount).Select(row => Invariant($"{row}"))], Screen),
            Screen));
        string rows = layer.Number == Network.Layers.Count ? "answers" : Invariant($"units of layer {layer.Number}");
        string columns = layer.Number == 1 ? "inputs" : Invariant($"units of layer {layer.Number - 1}");
        WriteLines(Screen.Wrap(Invariant($"down: {rows}, across: {columns}")));
    }
}
