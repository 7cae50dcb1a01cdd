namespace MnistNet.Cmdlets.Tests;

public class SymbolPropertyTests
{
    [Fact]
    public void A_networks_symbols_are_properties_at_any_depth()
    {
        using var shell = new ModuleShell();
        shell.Run("$network = New-Network -Hidden 12, 7");
        string[] shapes = shell.Run("$network.W1.Shape, $network.b1.Shape, $network.W3.Shape, $network.b3.Shape").Text;
        Assert.Equal(["12×784", "12×1", "10×7", "10×1"], shapes);
        Assert.Equal("W2", shell.Run("$network.w2.Name").Single<string>());
        Assert.Null(Assert.Single(shell.Run("$network.W4").Output));
        Assert.Equal("784-12-7-10", shell.Run("$network.Shape").Single<string>());
    }

    [Fact]
    public void A_passs_and_a_gradients_symbols_are_properties()
    {
        using var shell = new ModuleShell();
        shell.Run("$digits = Import-Mnist -Synthetic -Count 5 -Split Train; $network = New-Network -Hidden 3");
        shell.Run(
            "$pass = $digits | Invoke-ForwardPropagation -Network $network; $gradient = $pass | "
            + "Invoke-Backpropagation");
        string[] shapes = shell.Run("$pass.Z1.Shape, $pass.A2.Shape, $gradient.dW1.Shape, $gradient.db2.Shape").Text;
        Assert.Equal(["3×5", "10×5", "3×784", "10×1"], shapes);
    }

    [Fact]
    public void A_symbol_cannot_be_set()
    {
        using var shell = new ModuleShell();
        Assert.Contains("W1 cannot be set", shell.Attempt(
            "$network = New-Network; $network.W1 = 3").Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_that_holds_symbols_is_named_in_the_types_file()
    {
        IEnumerable<string?> holders = typeof(ISymbolTable).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ISymbolTable)))
            .Select(type => type.FullName);
        var file = System.Xml.Linq.XDocument.Load(
            Path.Combine(StagedModule.Folder, "module", "MnistNet.Symbols.Types.ps1xml"));
        Assert.Equal(holders.Order(), file.Root!.Elements("Type").Select(type => type.Element("Name")!.Value).Order());
    }
}
