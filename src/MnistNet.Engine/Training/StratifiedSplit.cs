namespace MnistNet;

/// <summary>Cuts a validation share out of a training set: the same share of each class, chosen by the seed.</summary>
internal static class ValidationSplit
{
    /// <summary>The digits to learn from, and those held back; null when the share is 0.</summary>
    /// <exception cref="SettingException">One of the two would be empty.</exception>
    public static (DigitSet Train, DigitSet? Validation) Cut(DigitSet set, double fraction, int seed)
    {
        if (fraction == 0)
        {
            return (set, null);
        }

        var random = new SeededRandom(seed, RandomPurpose.Validation);
        var isHeldBack = new bool[set.Count];
        int heldBack = 0;
        for (int digit = 0; digit < DigitSet.ClassCount; digit++)
        {
            var ofClass = new List<int>();
            for (int i = 0; i < set.Count; i++)
            {
                if (set.Labels[i] == digit)
                {
                    ofClass.Add(i);
                }
            }

            int[] positions = [.. ofClass];
            random.Shuffle<int>(positions);
            int share = (int)Math.Round(fraction * positions.Length, MidpointRounding.AwayFromZero);
            foreach (int position in positions.AsSpan(0, share))
            {
                isHeldBack[position] = true;
            }

            heldBack += share;
        }

        if (heldBack == 0 || heldBack == set.Count)
        {
            throw new SettingException("ValidationFraction", $"A share of {fraction} of {set.Count:N0} digits leaves {(heldBack == 0 ? "none to validate on" : "none to learn from")}. Choose another share, or more digits.");
        }

        int[] all = [.. Enumerable.Range(0, set.Count)];
        return (
            set.Select(Array.FindAll(all, i => !isHeldBack[i]), set.Name),
            set.Select(Array.FindAll(all, i => isHeldBack[i]), $"{set.Name} (validation share)"));
    }
}
