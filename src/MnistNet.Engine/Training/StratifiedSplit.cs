namespace MnistNet;

/// <summary>Cuts a validation share out of a training set: the same share of each class, chosen by the seed.</summary>
internal static class StratifiedSplit
{
    /// <summary>The digits to learn from, and those held out; null when the share is 0.</summary>
    /// <exception cref="SettingException">One of the two would be empty.</exception>
    public static (DigitSet Train, DigitSet? Validation) HoldOut(DigitSet set, double fraction, int seed)
    {
        if (fraction == 0)
        {
            return (set, null);
        }

        var random = new SeededRandom(seed, RandomPurpose.Validation);
        var isHeldOut = new bool[set.Count];
        int heldOut = 0;
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
                isHeldOut[position] = true;
            }

            heldOut += share;
        }

        if (heldOut == 0 || heldOut == set.Count)
        {
            throw new SettingException("ValidationFraction",
                $"A share of {fraction} of {set.Count:N0} digits leaves "
                + $"{(heldOut == 0 ? "none to validate on" : "none to learn from")}. Choose another share, or more "
                + $"digits.");
        }

        int[] all = [.. Enumerable.Range(0, set.Count)];
        return (
            set.Select(Array.FindAll(all, i => !isHeldOut[i]), set.Name),
            set.Select(Array.FindAll(all, i => isHeldOut[i]), $"{set.Name} (validation share)"));
    }
}
