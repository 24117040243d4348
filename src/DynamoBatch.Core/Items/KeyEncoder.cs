using System.Runtime.CompilerServices;
using System;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>
/// Writes key attributes, the only code that does: whether an item comes from the pipeline or back from the server, the same key
/// is the same bytes. Keys take the type that the schema says, and numbers have one spelling.
/// </summary>
internal sealed class KeyEncoder
{
    private readonly EncoderState _state;

    internal KeyEncoder(EncoderState state) => _state = state;

    /// <summary>Writes the value of a key attribute.</summary>
    /// <param name="plan">The attribute.</param>
    /// <param name="value">Its value, unwrapped.</param>
    [MethodImpl(Jit.Hot)]
    internal void Write(AttributePlan plan, object? value)
    {
        switch (plan.KeyType)
        {
            case KeyType.S:
                WriteText(plan, value);
                break;
            case KeyType.N:
                WriteNumber(plan, value);
                break;
            default:
                WriteBinary(plan, value);
                break;
        }
    }

    /// <summary>Joins key attributes, each as <c>"name":{...}</c>, to a key: partition key first.</summary>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(Jit.Hot)]
    internal static int Compose(ReadOnlySpan<byte> partition, ReadOnlySpan<byte> sort, Span<byte> destination)
    {
        destination[0] = (byte)'{';
        partition.CopyTo(destination.Slice(1));
        var length = 1 + partition.Length;
        if (sort.Length > 0)
        {
            if (partition.Length > 0)
            {
                destination[length++] = (byte)',';
            }

            sort.CopyTo(destination.Slice(length));
            length += sort.Length;
        }

        destination[length++] = (byte)'}';
        return length;
    }

    /// <summary>How long the joined key is.</summary>
    [MethodImpl(Jit.Hot)]
    internal static int ComposedLength(int partition, int sort) => partition + sort + 2 + (partition > 0 && sort > 0 ? 1 : 0);

    [MethodImpl(Jit.Hot)]
    private void WriteText(AttributePlan plan, object? value)
    {
        var text = (value == null ? null : ScalarText.Of(value) ?? ScalarText.OfNumber(value)) ?? throw WrongType(plan, value);
        if (text.Length == 0)
        {
            throw Empty(plan);
        }

        var before = _state.Size.Total;
        _state.Text(text);
        CheckLength(plan, _state.Size.Total - before);
    }

    [MethodImpl(Jit.Hot)]
    private void WriteNumber(AttributePlan plan, object? value)
    {
        NumberStatus status;
        if (value is string text)
        {
            if (text.Length == 0)
            {
                throw Empty(plan);
            }

            status = _state.Number.Read(text.AsSpan());
        }
        else if (value == null || !_state.Number.TryTake(value, out status))
        {
            throw WrongType(plan, value);
        }

        if (status == NumberStatus.NotANumber)
        {
            throw WrongType(plan, value);
        }

        if (status != NumberStatus.Valid)
        {
            throw Invalid(ItemLimits.Describe(status));
        }

        _state.WriteNumber();
    }

    [MethodImpl(Jit.Hot)]
    private void WriteBinary(AttributePlan plan, object? value)
    {
        if (!ScalarBinary.TryGet(value, out var bytes))
        {
            if (value is not string text || !ScalarBinary.TryParse(text, out var parsed))
            {
                throw WrongType(plan, value);
            }

            bytes = parsed;
        }

        if (bytes.IsEmpty)
        {
            throw Empty(plan);
        }

        CheckLength(plan, bytes.Length);
        _state.Binary(bytes.Span);
    }

    [MethodImpl(Jit.Hot)]
    private void CheckLength(AttributePlan plan, int bytes)
    {
        // Which index keys are sort keys the schema does not say; the server knows.
        var limit = plan.Role == AttributeRole.SortKey ? ItemLimits.SortKeyBytes : ItemLimits.PartitionKeyBytes;
        if (bytes > limit)
        {
            throw Invalid(FormattableString.Invariant($"is the {Describe(plan)} and has {bytes:N0} bytes; DynamoDB's limit is {limit:N0}. Shorten it."));
        }
    }

    [MethodImpl(Jit.Hot)]
    private ItemException Empty(AttributePlan plan) => Invalid(plan.Role == AttributeRole.IndexKey
        ? "is a key of an index and empty, which DynamoDB refuses. Leave empty attributes out with -EmptyString Omit."
        : $"is the {Describe(plan)} and empty. Give every item a key.");

    [MethodImpl(Jit.Hot)]
    private ItemException WrongType(AttributePlan plan, object? value)
    {
        var type = plan.KeyType switch
        {
            KeyType.S => "text (S)",
            KeyType.N => "a number (N)",
            _ => "binary (B, a byte array or base64 text)",
        };
        var found = value switch
        {
            null or DBNull => "null",
            string => "text that is none",
            _ => $"a {value.GetType().FullName}",
        };
        var remedy = plan.Role == AttributeRole.IndexKey ? "Correct it, or leave the attribute out." : "Correct it.";
        if (plan.KeyType == KeyType.N && EpochSeconds.TryGet(value, out _))
        {
            remedy = "Declare it with -AttributeType as Epoch to store seconds.";
        }

        return Invalid($"is the {Describe(plan)}, which is {type} in this table, but holds {found}. {remedy}");
    }

    [MethodImpl(Jit.Hot)]
    private ItemException Invalid(string problem) => _state.Fault(FailureKind.KeyAttributeInvalid, problem);

    [MethodImpl(Jit.Hot)]
    private static string Describe(AttributePlan plan) => plan.Role switch
    {
        AttributeRole.PartitionKey => "partition key",
        AttributeRole.SortKey => "sort key",
        _ => "key of an index",
    };
}
