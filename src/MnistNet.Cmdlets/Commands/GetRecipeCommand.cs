using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>Tells what the recipes of Invoke-Training consist of, and what they gave on MNIST.</summary>
[Cmdlet(VerbsCommon.Get, "Recipe", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(RecipeDescription))]
public sealed class GetRecipeCommand : MnistNetCommand
{
    /// <summary>The recipes to tell of; all of them without this parameter.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public Recipe[] Recipe { get; set; } = Enum.GetValues<Recipe>();

    private protected override void Process()
    {
        foreach (Recipe recipe in Recipe)
        {
            WriteObject(recipe.Describe());
        }
    }
}
