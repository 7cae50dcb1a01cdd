using System.Globalization;

namespace MnistNet.Bench;

/// <summary>
/// What each recipe gives and how long it takes, over seeds from 0: ten, and three of the one that takes minutes. The
/// time is that of training, preprocessing included, on digits that no run has seen.
/// </summary>
internal static class RecipesJob
{
    private const int Seeds = 10, SeedsOfBest = 3;

    public static void Run(MnistDataset data, Report report)
    {
        foreach (RecipeDescription recipe in Recipes.All)
        {
            int seeds = recipe.Recipe == Recipe.Best ? SeedsOfBest : Seeds;
            TrainingResult[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Trainer.Train(
                recipe.CreateNetwork(seed),
                data.Train.WithPixels(data.Train.Pixels.ToArray()),
                data.Test,
                recipe.Settings with { Seed = seed }))];
            double[] accuracies = [.. runs.Select(run => run.TestAccuracy!.Value)];
            string note = string.Create(
                CultureInfo.InvariantCulture,
                $"test accuracy {accuracies.Average():F4}, lowest {accuracies.Min():F4}, {seeds} seeds");
            report.Add([new Measurement(
                "recipes", recipe.Recipe.ToString(), "s", [.. runs.Select(run => run.Seconds)], note)], compare: false);
        }
    }
}
