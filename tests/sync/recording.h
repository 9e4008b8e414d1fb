// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vorfahrt::tests {

// One line of a recording of ./dev demo --record (its header says how it was made).
struct RecordedLine {
    enum class Kind { Open, Close, Up, Down };
    std::string connection;  // desk and number, "A1"
    Kind kind = Kind::Open;
    std::string message;  // name of the frame's kind
    std::string bytes;    // of the frame
};

// A number that must stay: a field's ("vorfahrt.wire.Claim.lead_id", type "bytes") or an enum
// value's ("vorfahrt.record.CONTACTED", no type).
struct PinnedNumber {
    std::string name;
    int number = 0;
    std::string type;
    friend bool operator==(const PinnedNumber&, const PinnedNumber&) = default;
};

struct Recording {
    std::vector<RecordedLine> lines;
    std::vector<PinnedNumber> pins;
    std::string fault;  // not empty: a line could not be read
};
[[nodiscard]] Recording readRecording(const std::string& file);
[[nodiscard]] std::string lineOf(const RecordedLine& line);
[[nodiscard]] std::string lineOf(const PinnedNumber& pin);

// A message of a recording, also one that is packed in a bytes field of another: rows of a
// Snapshot, bodies of records, arguments of mutations.
struct Sample {
    std::string type;
    std::string bytes;
};
// Empty where something packed cannot be unpacked.
[[nodiscard]] std::vector<Sample> samplesOf(const RecordedLine& frame);

// What is wrong with a sample for a reader who has the descriptors of `pool`: not parsed, a field
// or enum value that he does not know, other bytes when written again. Empty: nothing.
[[nodiscard]] std::string faultOf(const Sample& sample,
                                  const google::protobuf::DescriptorPool& pool);
// Pins that `pool` does not have so.
[[nodiscard]] std::vector<std::string> movedPins(const std::vector<PinnedNumber>& pins,
                                                 const google::protobuf::DescriptorPool& pool);

// Every field that is set somewhere in the samples, with the first sample that has it.
[[nodiscard]] std::map<const google::protobuf::FieldDescriptor*, Sample> fieldsIn(
    const std::vector<Sample>& samples);
[[nodiscard]] std::vector<PinnedNumber> pinsOf(const std::vector<Sample>& samples);

// A copy of today's schema in which fields (by full name) have other numbers.
[[nodiscard]] std::unique_ptr<google::protobuf::DescriptorPool> renumbered(
    const std::map<std::string, int>& numbers);

}  // namespace vorfahrt::tests
