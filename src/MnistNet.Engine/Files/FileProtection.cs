namespace MnistNet;

/// <summary>Why a file may not be written to.</summary>
public enum FileProtection
{
    /// <summary>It is marked as read-only.</summary>
    ReadOnly,

    /// <summary>It belongs to another user, who has not allowed it.</summary>
    AnotherUsers,
}
