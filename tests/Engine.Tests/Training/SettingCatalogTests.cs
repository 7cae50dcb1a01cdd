using System.Reflection;

namespace MnistNet.Tests;

public sealed class SettingCatalogTests
{
    /// <summary>Properties of the settings that follow from others.</summary>
    private static readonly string[] Derived =
        [nameof(TrainingSettings.EffectiveAlpha), nameof(TrainingSettings.EffectiveIterations)];

    [Fact]
    public void Every_property_of_the_settings_is_declared_once()
    {
        string[] properties =
            [.. typeof(TrainingSettings).GetProperties().Select(property => property.Name).Except(Derived)];

        Assert.Equal(
            properties.Order(),
            SettingCatalog.All.Where(setting => setting.IsOfTraining).Select(setting => setting.Name).Order());
        Assert.Equal(SettingCatalog.All.Count, SettingCatalog.All.DistinctBy(setting => setting.Name).Count());
    }

    [Fact]
    public void Every_setting_that_can_be_swept_is_a_column_of_a_sweep()
        => Assert.Equal(
            SettingCatalog.All.Where(setting => setting.CanBeSwept).Select(setting => setting.Name),
            SweepColumns.Settings.Select(column => column.Name));

    [Fact]
    public void A_default_is_within_its_range()
        => Assert.All(SettingCatalog.All, setting => setting.Require(setting.Default));

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(1e-50, false)]
    [InlineData(0.999, true)]
    [InlineData(0.99999999999, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void A_range_holds_what_float32_holds(double value, bool isInside)
        => Assert.Equal(isInside, SettingCatalog.Beta2.Range!.Contains(value));

    [Fact]
    public void A_row_of_a_sweep_trains_as_its_settings_do_whatever_they_are()
    {
        foreach (PropertyInfo column in SweepColumns.Settings)
        {
            Setting setting = SettingCatalog.Find(column.Name)!;
            object other = Other(setting);
            GivenSettings given = Given(
                (setting.Name, other), (setting == SettingCatalog.Epochs ? "BatchSize" : "Seed", 7));

            SweepRun row = SweepRun.Of(given);

            Assert.Equal(given.ToTraining() with { Alpha = given.ToTraining().EffectiveAlpha }, row.ToSettings());
            Assert.Equal(given.CreateNetwork(9), row.CreateNetwork(9));
            SweepRun fromText =
                SweepColumns.Parse(name => Setting.Text(typeof(SweepRun).GetProperty(name)!.GetValue(row)));
            Assert.Equal(row, fromText);
        }
    }

    [Fact]
    public void A_recipe_gives_way_to_what_is_given_beside_it()
    {
        TrainingSettings settings = Given(("Recipe", "Fast98"), ("Alpha", 0.02), ("Iterations", "50")).ToTraining();

        Assert.Equal(Recipe.Fast98.GetSettings() with { Alpha = 0.02, Epochs = null, Iterations = 50 }, settings);
    }

    [Fact]
    public void Empty_fields_are_settings_not_given()
    {
        GivenSettings given = Given(("Recipe", "Fast98"), ("Hidden", ""), ("Alpha", null), ("BatchSize", ""));

        Assert.Equal(Recipe.Fast98.GetSettings(), given.ToTraining());
        Assert.Equal(Recipe.Fast98.GetHidden(), given.Hidden);
    }

    [Fact]
    public void What_is_given_wins_over_a_row_its_length_and_its_recipe_too()
    {
        GivenSettings row = SweepRun.Of(Given(("Recipe", "Fast98"), ("Seed", 3))).ToGiven();

        Assert.Equal(
            Recipe.Fast98.GetSettings() with { Seed = 3, Epochs = null, Iterations = 10 },
            Given(("Iterations", 10)).Over(row).ToTraining());
        Assert.Equal(
            Recipe.Accurate.GetSettings() with { Seed = 3 }, Given(("Recipe", "Accurate")).Over(row).ToTraining());
        Assert.Equal(Recipe.Accurate.GetHidden(), Given(("Recipe", "Accurate")).Over(row).Hidden);
    }

    [Theory]
    [InlineData("Alpa", 0.1, "UnknownSetting")]
    [InlineData("Alpha", "fast", "InvalidSetting")]
    [InlineData("Alpha", -1, "InvalidSetting")]
    [InlineData("Optimizer", "0", "InvalidSetting")]
    [InlineData("Hidden", "0", "InvalidSetting")]
    public void What_is_not_a_setting_is_refused(string name, object value, string id)
    {
        SettingException exception = Assert.Throws<SettingException>(() => Given((name, value)));

        Assert.Equal(id, exception.ErrorId);
        Assert.Equal(name, exception.Setting);
    }

    [Fact]
    public void No_hidden_layer_at_all_survives_a_table()
    {
        SweepRun row = SweepRun.Of(Given(("Hidden", Array.Empty<int>())));

        Assert.Equal(
            "784-10",
            SweepColumns.Parse(name => Setting.Text(typeof(SweepRun).GetProperty(name)!.GetValue(row))).CreateNetwork()
                .Shape);
    }

    private static GivenSettings Given(params (string Name, object? Value)[] values)
        => GivenSettings.Of(values.Select(pair => new KeyValuePair<string, object?>(pair.Name, pair.Value)));

    // Another value than the usual one.
    private static object Other(Setting setting) => setting.Name switch
    {
        "Hidden" => "7-5",
        "Recipe" => Recipe.Fast98,
        "Smoothness" => 2.5,
        _ when setting.Type.IsEnum => Enum.GetValues(setting.Type).GetValue(1)!,
        _ when setting.Type == typeof(int) => 3,
        _ => 0.25,
    };
}
