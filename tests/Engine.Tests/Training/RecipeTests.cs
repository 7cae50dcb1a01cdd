namespace MnistNet.Tests;

/// <summary>What the recipes promise, on the real digits.</summary>
public sealed class RecipeTests
{
    [Fact]
    public void The_fast_recipe_reads_98_percent_of_the_test_set_whatever_the_seed()
    {
        MnistDataset mnist = LoadMnist();
        Assert.All(Enumerable.Range(0, 5), seed => Assert.InRange(Run(Recipe.Fast98, mnist, seed), 0.98, 1));
    }

    [Fact]
    public void The_recipe_for_99_percent_reads_989_of_a_thousand_digits_at_least()
    {
        MnistDataset mnist = LoadMnist();
        Assert.All(Enumerable.Range(0, 2), seed => Assert.InRange(Run(Recipe.Fast99, mnist, seed), 0.989, 1));
    }

    [Fact]
    public void The_classic_network_reads_95_percent_of_normalised_digits()
    {
        MnistDataset mnist = LoadMnist();
        Assert.InRange(
            Median(Enumerable.Range(0, 8).Select(seed => Trainer.Train(
                Network.Create([10], seed: seed, preprocessing: Preprocessing.MomentNormalization),
                mnist.Train,
                mnist.Test,
                new() { Seed = seed }).TestAccuracy!.Value)),
            0.95,
            1);
    }

    [Fact]
    public void Every_recipe_describes_itself()
    {
        Assert.Equal(Enum.GetValues<Recipe>(), Recipes.All.Select(description => description.Recipe));
        Assert.All(Recipes.All, description =>
        {
            Assert.Equal(description.Network, description.CreateNetwork().Shape);
            string beginning = $"{description.Recipe}: {description.Network}, ";
            Assert.StartsWith(beginning, description.ToString(), StringComparison.Ordinal);
        });
    }

    /// <summary>Single uniform seeds may end lower, so that the promise for them is one of the median.</summary>
    [Theory]
    [InlineData(Initializer.He, 1, 0.905)]
    [InlineData(Initializer.Uniform, 8, 0.85)]
    public void The_classic_recipe_learns_as_the_explanations_promise(Initializer initializer, int seeds, double least)
    {
        MnistDataset mnist = LoadMnist();
        TrainingResult[] results = [.. Enumerable.Range(0, seeds).Select(seed => Trainer.Train(
            Network.Create(Recipe.Classic.GetHidden(), initializer: initializer, seed: seed),
            mnist.Train,
            mnist.Test,
            Recipe.Classic.GetSettings() with { Seed = seed }))];

        Assert.All(results, result => Assert.Equal(700, result.Iterations));
        Assert.InRange(Median(results.Select(result => result.TestAccuracy!.Value)), least, 1);
        Assert.InRange(Median(results.Select(result => result.TrainAccuracy!.Value)), least, 1);
    }

    [Fact]
    public void Mini_batches_are_no_worse_than_scikit_learn_after_ten_epochs()
    {
        MnistDataset mnist = LoadMnist();
        TrainingResult result = Trainer.Train(
            Network.Create([128]), mnist.Train, mnist.Test, new()
            {
                BatchSize = 128,
                Epochs = 10,
                Optimizer = Optimizer.Adam,
            });

        Assert.InRange(result.TestAccuracy!.Value, 0.97, 1);
    }

    private static double Median(IEnumerable<double> values) => MathNet.Numerics.Statistics.Statistics.Median(values);

    private static double Run(Recipe recipe, MnistDataset mnist, int seed)
    {
        Network start = recipe.Describe().CreateNetwork(seed);
        TrainingSettings settings = recipe.GetSettings() with { Seed = seed };
        return Trainer.Train(start, mnist.Train, mnist.Test, settings).TestAccuracy!.Value;
    }

    private static MnistDataset LoadMnist()
    {
        string? folder = Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable);
        Assert.SkipWhen(folder is null, "MNISTNET_DATA names no folder with the real digits.");
        return MnistSource.Load(new MnistSourceOptions { Path = folder });
    }
}
